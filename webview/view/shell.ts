import { html, nothing, type TemplateResult } from 'lit-html';
import { text } from '../../src/core/text';
import type { ProgressLine } from '../../src/protocol/wizardState';
import { button, link, progressRing } from '../ui/kit';
import type { ViewContext } from './context';
import { menuButton, type MenuItem } from './menu';

/** Title, connection and progress: always there, whatever is shown below. */
export function header(context: ViewContext): TemplateResult {
  const { wizard, t } = context;
  const { connection } = wizard;
  const title = wizard.title === '' ? 'Ringfence' : wizard.title;
  return html`<header>
    <div class="title">
      <h1 title=${title}>${title}</h1>
      <span class="subtitle" title=${wizard.subtitle}>${wizard.subtitle}</span>
      <span class="connection ${connection.kind}" title=${connection.tooltip}>
        <span class="sr-only">${t(text('Connection:'))}</span>
        <span class="badge">${connection.label}</span>
        <span class="sr-only">${connection.tooltip}</span>
      </span>
    </div>
    ${progressBar(wizard.progress, t(text('Steps that are compliant')))} ${progressLine(context)}
  </header>`;
}

/** How far it is, or what the host is busy with; with nothing to show yet, the main area says that. */
function progressLine({ wizard, page, t, send }: ViewContext): TemplateResult {
  const { busy, progress } = wizard;
  if (busy !== null) {
    return html`<p class="progress-line">
      ${page.view === null ? nothing : html`${progressRing()}<span>${busy}</span>`}
    </p>`;
  }
  return html`<p class="progress-line">
    ${progress.sentence === '' ? nothing : html`<span>${progress.sentence}</span>`}
    ${link({ label: t(text('Check again')), onClick: () => send({ type: 'refresh' }), key: 'refresh' })}
  </p>`;
}

/** One thin bar: what is compliant, then what is unknown, then the rest. */
function progressBar(progress: ProgressLine, label: string): TemplateResult | typeof nothing {
  if (progress.total === 0) return nothing;
  const share = (count: number): number => Math.min(100, (100 * count) / progress.total);
  const compliant = share(progress.compliant);
  const unknown = Math.min(100 - compliant, share(progress.unknown));
  return html`<div
    class="bar"
    role="progressbar"
    aria-label=${label}
    aria-valuemin="0"
    aria-valuemax=${progress.total}
    aria-valuenow=${progress.compliant}
    aria-valuetext=${progress.sentence}
  >
    <svg width="100%" height="3" aria-hidden="true">
      <rect class="done" x="0" y="0" height="3" width="${compliant}%" />
      <rect class="unknown" x="${compliant}%" y="0" height="3" width="${unknown}%" />
    </svg>
  </div>`;
}

/** What can be done from anywhere. */
export function footer(context: ViewContext): TemplateResult {
  const { wizard, page, t, act } = context;
  const { can, run } = wizard;
  const logLabel = page.logOpen ? t(text('Hide log')) : t(text('Show log'));
  return html`<footer>
    <div class="toolbar" role="group" aria-label=${t(text('Actions'))}>
      ${reviewButton(context)}
      ${button({
        label: t(text('Verify from here')),
        disabled: !can.verify || page.waiting,
        onClick: () => act.verify(),
        key: 'footer-verify',
      })}
      ${
        run === null || !can.undo
          ? nothing
          : button({
              label: t(text('Undo last run…')),
              disabled: page.waiting,
              onClick: () => act.startRun({ type: 'undoRun', runId: run.runId }),
              key: 'footer-undo',
            })
      }
      ${clientMenu(context)}
    </div>
    ${button({
      label: logLabel,
      expanded: page.logOpen,
      onClick: () => act.setLogOpen(!page.logOpen),
      key: 'footer-log',
    })}
  </footer>`;
}

function reviewButton({ wizard, page, act }: ViewContext): TemplateResult | typeof nothing {
  if (wizard.plan === null || page.view?.kind === 'review') return nothing;
  return button({
    label: wizard.plan.action,
    kind: 'primary',
    disabled: !wizard.can.apply,
    onClick: () => act.show({ kind: 'review', step: null }),
    key: 'footer-review',
  });
}

/** What the last mile takes: the machine of a developer, and code that calls. */
function clientMenu(context: ViewContext): TemplateResult | typeof nothing {
  const { wizard, t, send } = context;
  const { can } = wizard;
  const items: readonly MenuItem[] = [
    ...(can.downloadVpnClient
      ? [
          {
            label: t(text('Download VPN client package…')),
            onChoose: () => send({ type: 'downloadVpnClient' }),
          },
        ]
      : []),
    ...(can.copyHosts
      ? [
          { label: t(text('Add to hosts file…')), onChoose: () => send({ type: 'addToHostsFile' }) },
          { label: t(text('Copy hosts-file block')), onChoose: () => send({ type: 'copy', what: 'hosts' }) },
        ]
      : []),
    ...(can.copyInferenceRequest
      ? [
          {
            label: t(text('Copy inference request')),
            onChoose: () => send({ type: 'copy', what: 'inferenceRequest' }),
          },
        ]
      : []),
    ...(can.copyDocumentFilter
      ? [{ label: t(text('Copy document filter')), onChoose: () => send({ type: 'copy', what: 'documentFilter' }) }]
      : []),
  ];
  if (items.length === 0) return nothing;
  return menuButton(context, { menu: 'footer-client', label: t(text('Connect a client…')), items, opensUp: true });
}

/** The last lines of the log, under the main area. */
export function logPanel(context: ViewContext): TemplateResult {
  const { wizard, t, send } = context;
  return html`<section class="log" aria-label=${t(text('Log'))}>
    <div class="log-lines" role="log" aria-live="off" aria-label=${t(text('Log'))} tabindex="0">
      ${wizard.log.length === 0 ? html`<p class="dim">${t(text('Nothing has been logged yet.'))}</p>` : logLines(context)}
    </div>
    <p class="log-more">
      ${link({ label: t(text('Open the full log')), onClick: () => send({ type: 'showLog' }), key: 'log-open' })}
    </p>
  </section>`;
}

function logLines({ wizard, t }: ViewContext): readonly TemplateResult[] {
  const levels = { info: '', warning: t(text('Warning')), error: t(text('Error')) } as const;
  return wizard.log.map(
    (line) =>
      html`<div class="log-line ${line.level}">
        <span class="time">${line.time}</span>
        ${line.level === 'info' ? nothing : html`<span class="level">${levels[line.level]}</span>`}
        <span class="message">${line.message}</span>
      </div>`,
  );
}
