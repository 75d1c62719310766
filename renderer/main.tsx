/** Starts the main window: theme, first look at main, first screen. */
import { createRoot } from 'react-dom/client';
import { connect } from './actions.ts';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/base.css';

const dark = matchMedia('(prefers-color-scheme: dark)');
const applyTheme = (): void => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
dark.addEventListener('change', applyTheme);
applyTheme();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<App />);
  void connect();
}
