"""What a group's installation lacks: the machine, git, the collector, the mail, the forge."""
