/** What VS Code knows the wizard's panels by, also after a reload of the window. */
export const WIZARD_VIEW_TYPE = 'ringfence.wizard';
