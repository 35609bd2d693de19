// Sets what the reader chose before the first paint: the colour scheme, and whether lines of code are wrapped.
try {
  const chosen = document.documentElement.dataset;
  for (const name of ["scheme", "wrap"]) {
    const value = localStorage.getItem(name);
    if (value) chosen[name] = value;
  }
} catch {}
