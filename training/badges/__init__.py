"""A badge for each completed stage: "learning done", which is not a licence to practise."""
