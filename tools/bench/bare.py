"""What the pages are measured against: a bare Flask page that renders 20 rows, and does no more."""

from flask import Flask, render_template
from jinja2 import DictLoader

ROWS = [
    {"name": f"Riverside Youth Club {n}", "slug": f"club-{n}", "area": "Ashfield", "since": n}
    for n in range(20)
]
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Twenty rows</title></head>
<body><h1>Twenty rows</h1><ol>
{% for row in rows %}
<li><a href="/organisations/{{ row.slug }}">{{ row.name }}</a>
{{ row.area }}, since {{ row.since }}</li>
{% endfor %}
</ol></body></html>"""

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE})


@app.get("/")
def page() -> str:
    return render_template("page.html", rows=ROWS)
