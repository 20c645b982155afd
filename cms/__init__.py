"""The Django project and everything the page types share; knows none of the apps above it."""
