"""The kinds of change in release notes: headings such as "Fixed" are marked with what they say, whatever their language."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

# Kinds of https://keepachangelog.com/en/1.1.0/ with the words of its translations, and those that people write in their place.
_WORDS = {
    "added": """
        added, additions, new, new features, features, neu, hinzugefügt, neuerungen, ajouts, ajouté, ajoutés,
        nouveautés, añadido, agregado, aggiunto, adicionado, toegevoegd, dodane, dodano, добавлено, přidáno,
        tillagt, tilføjet, lagt til, lisätty, eklendi, προστέθηκαν, додано, 新增, 添加, 新增功能, 追加, 추가, 추가됨, أضيف,
        إضافات, נוסף
    """,
    "changed": """
        changed, changes, improved, improvements, geändert, änderungen, verbessert, verbesserungen, modifié,
        modifiés, changé, changements, cambiado, cambios, modificado, modificato, cambiato, alterado, mudado,
        gewijzigd, veranderd, zmienione, zmieniono, изменено, změněno, ändrat, ændret, endret, muutettu, değişti,
        değiştirildi, άλλαξαν, змінено, 变更, 更改, 變更, 修改, 변경, 변경됨, تغييرات, تغير, שונה
    """,
    "deprecated": """
        deprecated, deprecations, veraltet, als veraltet markiert, obsolète, déprécié, dépréciés, obsoleto, en
        desuso, deprecato, descontinuado, verouderd, przestarzałe, устарело, zastaralé, föråldrat, forældet,
        utfaset, vanhentunut, kullanımdan kalktı, застаріло, 弃用, 棄用, 废弃, 非推奨, 지원 중단, 사용 중단, مهمل, הוצא משימוש
    """,
    "removed": """
        removed, removals, entfernt, gelöscht, supprimé, supprimés, retiré, eliminado, rimosso, removido,
        verwijderd, usunięte, usunięto, удалено, odstraněno, borttaget, fjernet, poistettu, kaldırıldı, silindi,
        αφαιρέθηκαν, видалено, 移除, 删除, 刪除, 削除, 제거, 제거됨, 삭제, أزيل, הוסר
    """,
    "fixed": """
        fixed, fixes, bug fixes, bugfixes, behoben, behobene fehler, fehlerbehebungen, korrigiert, corrigé,
        corrigés, corrections, corregido, arreglado, corretto, corrigido, opgelost, gerepareerd, naprawione,
        naprawiono, исправлено, opraveno, fixat, åtgärdat, rettet, fikset, korjattu, düzeltildi, διορθώθηκαν,
        виправлено, 修复, 修復, 修正, 수정, 수정됨, إصلاحات, تم إصلاح, תוקן
    """,
    "security": """
        security, security fixes, sicherheit, sécurité, seguridad, sicurezza, segurança, beveiliging, veiligheid,
        bezpieczeństwo, безопасность, bezpečnost, säkerhet, sikkerhed, sikkerhet, tietoturva, güvenlik, ασφάλεια,
        безпека, 安全, 安全性, セキュリティ, 보안, أمان, الأمان, אבטחה
    """,
}
_KINDS = {word.strip(): kind for kind, words in _WORDS.items() for word in words.split(",")}
_HEADING = re.compile(r"<h(?P<level>[2-4])(?P<id> id=\"[^\"]*\")?>(?P<inner>.*?)</h(?P=level)>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*\bclass=\"headerlink\".*", re.DOTALL)
_NO_WORD = re.compile(r"\A\W+|\W+\Z")


def kind_of(heading: str) -> str:
    """The kind of change that a heading names, such as ``added``; empty where it names none. Signs around its words do not matter."""
    return _KINDS.get(" ".join(_NO_WORD.sub("", heading).casefold().split()), "")


def marked(body: Markup) -> Markup:
    """`body` with classes on those of its headings that name a kind of change: ``class="change added"``."""
    return Markup(_HEADING.sub(_mark, body))  # noqa: S704  a body is finished HTML, and only words of ours are put into it


def _mark(heading: re.Match[str]) -> str:
    text = unescape(re.sub(r"<[^>]*>", "", _LINK.sub("", heading["inner"])))
    kind = kind_of(text)
    level, own = heading["level"], heading["id"] or ""
    return f'<h{level}{own} class="change {kind}">{heading["inner"]}</h{level}>' if kind else heading[0]
