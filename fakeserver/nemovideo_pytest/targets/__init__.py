"""The worlds a test can be run against, a module to each; all of them give a `Service`."""
