// Runs before the first paint, so that a dark desk never flashes white. The sheet follows the system when nothing is kept.
try {
  const theme = localStorage.getItem('qibu.theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused in some private windows; the system's choice then holds.
}
