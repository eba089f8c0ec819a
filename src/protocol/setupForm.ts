/** Scenarios, resources and options: what is to be secured, and how. */
export interface SetupForm {
  readonly scenarios: readonly ScenarioChoice[];
  readonly sections: readonly FormSection[];
  /** What is wrong with the setup that no field shows. */
  readonly problems: readonly string[];
  /** Where the setup is kept; null while it is not saved. */
  readonly file: string | null;
  /** True where the form holds choices that are not saved to the file yet. */
  readonly unsaved: boolean;
}

/** One of several that can be chosen together. */
export interface ScenarioChoice {
  readonly scenario: string;
  readonly label: string;
  readonly goal: string;
  readonly chosen: boolean;
}

/** Fields that belong together. The page can fold them. */
export interface FormSection {
  readonly section: string;
  readonly title: string;
  readonly help: string;
  /** What is chosen in it, short, for the title of a section that is folded. */
  readonly summary: string;
  /** Whether it starts folded; never where something in it needs attention. */
  readonly folded: boolean;
  readonly fields: readonly FormField[];
}

export type FormField = RoleField | ChoiceField | TextOptionField | ToggleField | PeopleField;

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

export interface RoleField {
  readonly kind: 'role';
  readonly role: string;
  readonly label: string;
  readonly help: string;
  /** Existing resources by id, then `new` where one can be created, then `none` where it can be left out. */
  readonly choices: readonly Choice[];
  /** One of the choices, or empty where nothing is chosen yet. */
  readonly value: string;
  /** Fields of a resource to be created; empty for an existing one. */
  readonly fields: readonly CreationField[];
  readonly error: string | null;
}

/** A property of a resource to be created. */
export interface CreationField {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** Empty where it is typed. */
  readonly choices: readonly Choice[];
  readonly error: string | null;
}

interface OptionBasics {
  readonly option: string;
  readonly label: string;
  readonly help: string;
}

export interface ChoiceField extends OptionBasics {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly error: string | null;
}

export interface TextOptionField extends OptionBasics {
  readonly kind: 'text';
  readonly value: string;
  readonly placeholder: string;
  readonly error: string | null;
}

export interface ToggleField extends OptionBasics {
  readonly kind: 'toggle';
  readonly checked: boolean;
}

/** Users, groups and applications: those that are chosen, and those that could be. */
export interface PeopleField extends OptionBasics {
  readonly kind: 'people';
  readonly people: readonly Person[];
  /** False where no more can be added. */
  readonly canAdd: boolean;
  /** Who can be added with one click: who is signed in, then what the last search found. */
  readonly suggestions: readonly Person[];
  /** What was searched for. */
  readonly search: string;
  /** What the search came to, in a sentence; empty before the first. */
  readonly searchSentence: string;
  readonly error: string | null;
}

export type PersonType = 'User' | 'Group' | 'ServicePrincipal';

export interface Person {
  /** Object id. */
  readonly id: string;
  readonly type: PersonType;
  /** Their name, or the id where it is not known. */
  readonly name: string;
  /** What they are: "User, you". */
  readonly detail: string;
}
