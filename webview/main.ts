import { isNotice, PROTOCOL_VERSION, type PageBootstrap } from '../src/protocol/messages';
import { connectToHost } from './host';
import { WizardPage } from './page';
import './styles/base.css';
import './styles/layout.css';
import './styles/list.css';
import './styles/detail.css';
import './styles/diff.css';
import './styles/forms.css';
import './styles/runs.css';
import './styles/picture.css';
import './styles/preflight.css';
import { registerKit } from './ui/kit';

const root = document.getElementById('root');
const block = document.getElementById('bootstrap');
if (root === null || block === null) throw new Error('The page lacks its #root or its #bootstrap block.');
const bootstrap = JSON.parse(block.textContent ?? '') as PageBootstrap;

document.documentElement.lang = bootstrap.locale;
registerKit();
const host = connectToHost();
const page = new WizardPage(root, host, bootstrap);
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isNotice(data)) page.receive(data);
});
host.send({ type: 'ready', protocol: PROTOCOL_VERSION });
