from tests.isolation.test_roles import *
def test_x(superuser):
    a=observed("kashikan_city", relations(superuser))["shared"]; b=expected("kashikan_city", TENANTS)["shared"]
    for k in sorted(set(a)|set(b)):
        if a.get(k)!=b.get(k): print("DIFF",k,"\n  A",a.get(k),"\n  B",b.get(k))
    assert 0
