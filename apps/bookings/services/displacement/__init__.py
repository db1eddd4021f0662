"""Public uses of rooms (行政使用): drafted, looked for, chosen, carried out, ended."""
