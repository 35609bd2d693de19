// Goes to the page's new address and takes the fragment and query along, which a meta refresh would lose.
{
  const target = new URL(document.currentScript.dataset.target, location);
  if (location.hash) target.hash = location.hash;
  if (!target.search) target.search = location.search;
  location.replace(target);
}
