"""What aidkit takes beside other ways of doing the same, measured in turn on one machine."""
