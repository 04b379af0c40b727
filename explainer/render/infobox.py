"""The order of an entry's facts: what readers look for in every entry of a kind comes first, the rest as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explainer.read.schema import EntryKind, FactMeta

_ORDERS: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.PERSON: (
        "born, né, née, naissance, وُلد, ولد, الميلاد",
        "died, mort, morte, décès, تُوفي, توفي, الوفاة",
        "age, âge, العمر",
        "nationality, nationalité, الجنسية",
        "occupation, profession, métier, المهنة",
        "office, position, role, fonction, poste, rôle, المنصب, الدور",
        "rank, grade, الرتبة",
        "force, unit, service, unité, corps, القوة, الوحدة",
        "party, parti, الحزب",
        "education, studies, études, formation, التعليم",
        "residence, lives in, résidence, الإقامة",
    ),
    EntryKind.PLACE: (
        "type, الفئة",
        "country, pays, البلد",
        "province, governorate, region, gouvernorat, région, المحافظة, المنطقة",
        "district, القضاء",
        "capital, capitale, العاصمة",
        "river, fleuve, النهر",
        "population, inhabitants, habitants, السكان, عدد السكان",
        "area, superficie, المساحة",
        "elevation, altitude, الارتفاع",
    ),
    EntryKind.ORGANISATION: (
        "type, النوع",
        "founded, established, announced, formed, fondation, fondée, fondé, création, التأسيس",
        "dissolved, dissolution, الحل",
        "task, purpose, aim, mission, but, المهمة, الغرض",
        "head, leader, command, commander, chair, director, chef, direction, commandement, القيادة, الرئيس, المدير",
        "seat, headquarters, based, based in, posted, siège, المقر",
        "members, membres, الأعضاء",
        "strength, effectif, effectifs, القوام, العدد",
    ),
    EntryKind.EVENT: (
        "date, التاريخ",
        "began, start, début, البداية",
        "ended, end, fin, النهاية",
        "place, location, lieu, المكان",
        "chair, présidence, الرئاسة",
        "participants, countries, parties, participants, pays, المشاركون, الدول",
        "outcome, result, résultat, issue, النتيجة",
        "killed, deaths, morts, القتلى",
        "wounded, injured, blessés, الجرحى",
    ),
    EntryKind.WORK: (
        "author, authors, auteur, autrice, المؤلف",
        "date, published, adopted, publication, adoption, التاريخ, النشر",
        "publisher, éditeur, الناشر",
        "language, langue, اللغة",
        "length, longueur, الطول",
    ),
    EntryKind.CONCEPT: ("field, domaine, المجال", "origin, origine, الأصل"),
}
"""By kind, labels in the three languages of the interface; those of one line have one place."""

_RANKS = {
    kind: {label: rank for rank, line in enumerate(lines) for label in line.split(", ")}
    for kind, lines in _ORDERS.items()
}


def in_order(facts: Iterable[FactMeta], kind: EntryKind) -> tuple[FactMeta, ...]:
    """Known labels in the order of their kind, then the rest; of one rank as written."""
    ranks = _RANKS[kind]
    return tuple(sorted(facts, key=lambda f: ranks.get(f.label.casefold(), len(ranks))))
