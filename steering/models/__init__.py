"""Seats, terms, assessors, ties."""

from steering.models.assessors import AssessorTerm
from steering.models.seats import Chairing, Seat, SeatTerm
from steering.models.ties import Tie
from steering.models.youth import YouthSeat

__all__ = ["AssessorTerm", "Chairing", "Seat", "SeatTerm", "Tie", "YouthSeat"]
