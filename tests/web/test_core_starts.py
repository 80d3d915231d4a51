"""The portal answers at all."""


def test_it_is_alive(client):
    assert client.get("/health/live").json == {"status": "alive"}


def test_it_is_ready(client):
    assert client.get("/health/ready").json["status"] == "ready"
