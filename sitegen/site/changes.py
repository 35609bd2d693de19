"""What a heading in release notes says of the changes below it.

The words are those of Keep a Changelog (https://keepachangelog.com) and of its translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# In the order in which a reader wants to know of them.
_WORDS = {
    "security": "security sicherheit sécurité seguridad sicurezza segurança beveiliging bezpieczeństwo säkerhet безопасность безпека"
    " güvenlik sikkerhed sikkerhet tietoturva bezpečnost biztonság ασφάλεια أمان セキュリティ 安全 보안",
    "breaking": "breaking",
    "removed": "removed entfernt supprimé eliminado rimosso removido verwijderd usunięto usunięte borttaget удалено видалено kaldırıldı"
    " fjernet poistettu odstraněno eltávolítva αφαιρέθηκε 削除 移除 삭제",
    "deprecated": "deprecated veraltet obsolète déprécié obsoleto deprecato verouderd przestarzałe föråldrat устарело застаріло"
    " forældet avviklet vanhentunut zastaralé 非推奨 弃用 棄用",
    "added": "added new features hinzugefügt neu ajouté añadido aggiunto adicionado toegevoegd dodano dodane tillagt добавлено додано"
    " eklendi tilføjet lisätty přidáno hozzáadva προστέθηκε 追加 新增 추가",
    "changed": "changed geändert modifié changé cambiado cambiato modificado gewijzigd zmieniono ändrat изменено змінено"
    " değiştirildi ændret endret muutettu změněno változott άλλαξε 変更 变更 變更 변경",
    "fixed": "fixed fixes bugfixes behoben korrigiert corrigé corregido corretto corrigido opgelost naprawiono fixat rättat исправлено"
    " виправлено düzeltildi rettet korjattu opraveno javítva διορθώθηκε 修正 修复 修復 수정",
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def kinds(headings: Iterable[str]) -> tuple[str, ...]:
    """The kinds of changes that the headings name, each once, the gravest first; a heading of other words names none."""
    found = {kind_of(heading) for heading in headings}
    return tuple(kind for kind in _WORDS if kind in found)


def kind_of(heading: str) -> str:
    """The kind that a heading names; empty for none. Emojis, numbers and signs around its words say nothing."""
    words = re.findall(r"[^\W\d_]+", heading.casefold())
    if words == ["bug", "fixes"]:
        return "fixed"
    if words == ["breaking", "changes"] or words == ["breaking", "change"]:
        return "breaking"
    if words == ["security", "fixes"] or words == ["new", "features"]:
        return _KIND[words[0]]
    return _KIND.get(words[0], "") if len(words) == 1 else ""
