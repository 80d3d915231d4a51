"""The programme: scope, interventions, figures and the report."""
