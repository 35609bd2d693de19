"""What a heading in release notes says of the changes below it.

The words are those of Keep a Changelog (https://keepachangelog.com) and of its translations, and those that people write in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# In the order in which a reader wants to know of them.
_WORDS = {
    "security": """
        security, security fixes, sicherheit, sécurité, seguridad, sicurezza, segurança, beveiliging, veiligheid,
        bezpieczeństwo, безопасность, bezpečnost, säkerhet, sikkerhed, sikkerhet, tietoturva, güvenlik, ασφάλεια,
        безпека, 安全, 安全性, セキュリティ, 보안, أمان, الأمان, אבטחה, biztonság
    """,
    "breaking": """
        breaking, breaking change, breaking changes, wichtige änderungen, inkompatible änderungen, changements
        incompatibles, cambios incompatibles
    """,
    "removed": """
        removed, removals, entfernt, gelöscht, supprimé, supprimés, retiré, eliminado, rimosso, removido,
        verwijderd, usunięte, usunięto, удалено, odstraněno, borttaget, fjernet, poistettu, kaldırıldı, silindi,
        αφαιρέθηκαν, видалено, 移除, 删除, 刪除, 削除, 제거, 제거됨, 삭제, أزيل, הוסר, eltávolítva, αφαιρέθηκε
    """,
    "deprecated": """
        deprecated, deprecations, veraltet, als veraltet markiert, obsolète, déprécié, dépréciés, obsoleto, en
        desuso, deprecato, descontinuado, verouderd, przestarzałe, устарело, zastaralé, föråldrat, forældet,
        utfaset, vanhentunut, kullanımdan kalktı, застаріло, 弃用, 棄用, 废弃, 非推奨, 지원 중단, 사용 중단, مهمل, הוצא משימוש,
        avviklet
    """,
    "added": """
        added, additions, new, new features, features, neu, hinzugefügt, neuerungen, ajouts, ajouté, ajoutés,
        nouveautés, añadido, agregado, aggiunto, adicionado, toegevoegd, dodane, dodano, добавлено, přidáno,
        tillagt, tilføjet, lagt til, lisätty, eklendi, προστέθηκαν, додано, 新增, 添加, 新增功能, 追加, 추가, 추가됨, أضيف,
        إضافات, נוסף, hozzáadva, προστέθηκε
    """,
    "changed": """
        changed, changes, improved, improvements, geändert, änderungen, verbessert, verbesserungen, modifié,
        modifiés, changé, changements, cambiado, cambios, modificado, modificato, cambiato, alterado, mudado,
        gewijzigd, veranderd, zmienione, zmieniono, изменено, změněno, ändrat, ændret, endret, muutettu, değişti,
        değiştirildi, άλλαξαν, змінено, 变更, 更改, 變更, 修改, 변경, 변경됨, تغييرات, تغير, שונה, változott, άλλαξε, 変更
    """,
    "fixed": """
        fixed, fixes, bug fixes, bugfixes, behoben, behobene fehler, fehlerbehebungen, korrigiert, corrigé,
        corrigés, corrections, corregido, arreglado, corretto, corrigido, opgelost, gerepareerd, naprawione,
        naprawiono, исправлено, opraveno, fixat, åtgärdat, rettet, fikset, korjattu, düzeltildi, διορθώθηκαν,
        виправлено, 修复, 修復, 修正, 수정, 수정됨, إصلاحات, تم إصلاح, תוקן, rättat, javítva, διορθώθηκε
    """,
}
_KIND = {" ".join(word.split()): kind for kind, words in _WORDS.items() for word in words.split(",")}


def kinds(headings: Iterable[str]) -> tuple[str, ...]:
    """The kinds of changes that the headings name, each once, the gravest first; a heading of other words names none."""
    found = {kind_of(heading) for heading in headings}
    return tuple(kind for kind in _WORDS if kind in found)


def kind_of(heading: str) -> str:
    """The kind that a heading names; empty for none. Emojis, numbers and signs around its words say nothing."""
    return _KIND.get(" ".join(re.findall(r"[^\W\d_]+", heading.casefold())), "")
