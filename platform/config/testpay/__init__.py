"""A payment provider for the demo and the tests: a server of its own on this machine, which moves no money.

It behaves as real ones do: a payment page to which the payer is sent, sessions that end, notices that are signed, and
that come late, twice, or in another order, again and again until somebody answers 2xx; refunds under a key.

It knows of a payment only a reference without meaning, an amount and 使用料 or 利用料金: there is no field for a name.
Nothing of the product but its clock is used here, so that the two agree by what is sent and not by shared code.
"""
