"""What the pages are measured against: bare Flask pages that render 20 rows, and do no more.

`/` has its rows in memory.  `/rows` reads them with SQLAlchemy, as a page that is made anew must:
a session, one statement, 20 objects.
"""

import os
from typing import Any

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from charter.models import RegisterEntry

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
READ = PAGE.replace("row.area", "row.area_keys|join").replace("row.since", "row.pledged_on")

app = Flask(__name__)
app.jinja_loader = DictLoader({"page.html": PAGE, "read.html": READ})
engine: Any = create_engine(os.environ.get("DATABASE_URL", "sqlite://"))


@app.get("/")
def page() -> str:
    return render_template("page.html", rows=ROWS)


@app.get("/rows")
def rows() -> str:
    with Session(engine) as session:
        newest = select(RegisterEntry).order_by(RegisterEntry.sort_key).limit(20)
        return render_template("read.html", rows=session.scalars(newest).all())
