"""The award: made by releasing a decision, public while it stands, checked every year."""
