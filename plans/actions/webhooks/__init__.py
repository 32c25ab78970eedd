"""Tell a clinic's software what happened: endpoints, events, deliveries."""
