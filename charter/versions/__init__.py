"""The charter's versions: drafted, previewed, agreed by young people, published for good."""
