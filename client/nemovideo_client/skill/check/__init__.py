"""What would go wrong with a skill: rules over what its document says, each with its public source."""
