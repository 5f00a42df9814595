"""Supply and demand (수급분석): what is there, who needs it, and how much of it is within reach."""
