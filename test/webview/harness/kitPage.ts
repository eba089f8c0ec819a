import { html, render } from 'lit-html';
import '../../../webview/styles/base.css';
import {
  button,
  checkbox,
  divider,
  dropdown,
  link,
  progressRing,
  registerKit,
  textField,
} from '../../../webview/ui/kit';

/** One of each of the kit's factories; what they call back with is kept in `window.called`. */
const called: unknown[] = [];
Object.assign(window, { called });
const call = (value: unknown): void => void called.push(value);

registerKit();
render(
  html`<div>
    ${button({ label: 'Do it', kind: 'primary', onClick: () => call('button') })}
    ${button({ label: 'Not now', disabled: true, onClick: () => call('disabled button') })}
    ${button({ label: 'More', opens: 'menu', expanded: false, onClick: () => call('menu') })}
    ${link({ label: 'Read more', onClick: () => call('link') })} ${divider()}
    ${checkbox({ label: 'I agree', checked: false, onChange: call })}
    ${dropdown({
      label: 'Region',
      value: 'west',
      choices: [
        { value: 'east', label: 'East US' },
        { value: 'west', label: 'West US' },
      ],
      onChange: call,
    })}
    ${textField({
      label: 'Address',
      value: '10.0.0.0/99',
      placeholder: '10.0.0.0/16',
      onChange: call,
      describedBy: 'about-address',
      invalid: true,
    })}
    <p id="about-address">Too long.</p>
    ${progressRing()}
  </div>`,
  document.getElementById('root') ?? document.body,
);
