"""The JSON interface's manners: who asks, and how it is told what is wrong."""
