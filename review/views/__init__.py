"""Where a case stands: for the organisation, and for the Charter team."""
