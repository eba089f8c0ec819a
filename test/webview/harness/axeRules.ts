/** Rules of axe for what a theme can break; what the page is made of is the same in each. */
export const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];
