"""What holds for every test: a loaded machine is slow, not wrong."""

from hypothesis import settings

settings.register_profile("divan", deadline=None)
settings.load_profile("divan")
