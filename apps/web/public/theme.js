// Runs before the first paint, so that a chosen theme doesn't flash. A file of its own, as the content security
// policy allows no inline script.
try {
  const theme = localStorage.getItem('attune-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to us (private mode): the system's theme is used.
}
