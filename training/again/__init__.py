"""A sample of what others checked is looked at again by the Charter team."""
