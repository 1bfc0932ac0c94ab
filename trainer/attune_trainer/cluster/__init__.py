"""Training and serving on clusters: Ray Train, Ray Serve, and OpenRLHF's launcher."""
