"""The framework's next version: drafted, previewed, agreed by the steering group, published."""
