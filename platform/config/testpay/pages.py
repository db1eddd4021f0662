"""The payment page, as a payer sees it."""

from __future__ import annotations

from html import escape
from typing import Final

from config.testpay.book import Payable

STYLE: Final = """
:root { font-family: system-ui, "Noto Sans JP", sans-serif; line-height: 1.7; color: #1a1a1a; background: #f4f5f7; }
body { margin: 0; padding: 1rem; }
main { max-width: 28rem; margin: 1rem auto; background: #fff; padding: 1.5rem; border: 1px solid #c8ccd4;
  border-radius: .5rem; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; }
.note { background: #fff7db; border: 1px solid #b78f00; padding: .5rem .75rem; border-radius: .25rem; }
.amount { font-size: 2rem; font-weight: 700; margin: .5rem 0; }
fieldset { border: 1px solid #c8ccd4; border-radius: .25rem; margin: 1rem 0; }
label { display: block; padding: .4rem 0; }
button { display: block; width: 100%; padding: .8rem; margin: .6rem 0; font-size: 1rem; border-radius: .4rem;
  border: 2px solid #1d4fb4; background: #fff; color: #1d4fb4; cursor: pointer; }
button.pay { background: #1d4fb4; color: #fff; }
button.fail { border-color: #b3261e; color: #b3261e; }
"""
STATES: Final = {
    "paid": "支払いは済んでいます。",
    "failed": "支払いは成立しませんでした。",
    "cancelled": "支払いは取りやめられました。",
    "expired": "期限が切れました。",
}


def page_of(one: Payable) -> str:
    """The page of a session: what is to be paid, and the three things that a payer may do."""
    if one.state != "open":
        back = f'<p><a href="{escape(one.return_url)}">元の画面に戻る</a></p>'
        return _page(f"<h1>お支払い</h1><p>{STATES[one.state]}</p>{back}")
    return _page(
        f"""<h1>お支払い</h1>
<p>{escape(one.purpose)}</p>
<p class="amount">{one.amount:,}円</p>
<form method="post">
<fieldset><legend>支払方法</legend>
<label><input type="radio" name="method" value="card" checked> クレジットカード</label>
<label><input type="radio" name="method" value="code"> コード決済</label></fieldset>
<button class="pay" name="act" value="pay">支払う</button>
<button class="fail" name="act" value="fail">支払いに失敗する（試験）</button>
<button name="act" value="cancel">やめて戻る</button>
</form>"""
    )


def told(text: str) -> str:
    """A page that only says something."""
    return _page(f"<h1>お支払い</h1><p>{escape(text)}</p>")


def _page(body: str) -> str:
    return f"""<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>お支払い（試験用）</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>
<body><main><p class="note">試験用の決済ページです。実際の支払いは行われません。</p>{body}</main></body></html>"""
