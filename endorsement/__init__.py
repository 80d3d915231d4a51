"""The Quality Endorsement Framework: assessment, evidence, review and decision."""
