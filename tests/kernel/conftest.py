from hypothesis import settings

settings.register_profile("kernel", derandomize=True, max_examples=60, deadline=None)
settings.load_profile("kernel")
