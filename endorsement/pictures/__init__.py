"""Pictures of quality: the areas now and earlier, the distance travelled, the plan burning down."""
