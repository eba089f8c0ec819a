import { decision, description, nonGoal, note, option, statement, steps, stepsOfSection } from '../statement';

/** What ai-search-security.fr says of data at rest and on its way. */
export const searchData = {
  region: statement(
    'The region of the service is where data is stored and processed, unless a feature depends on a resource elsewhere.',
    stepsOfSection,
  ),
  writesToStorage: statement(
    'The only external resource that it writes to is a storage account of yours, in whatever region.',
    steps('search-data-residency'),
    option('searchWritesToStorage'),
  ),
  whichFeatures: statement(
    'It does so for an enrichment cache, a debug session or a knowledge store.',
    steps('search-data-residency'),
  ),
  namesLeave: statement(
    'Names of objects are stored and processed outside of the region. Put nothing sensitive into them.',
    stepsOfSection,
    nonGoal('Whether a name is sensitive, only you can tell; the step says where names go.'),
  ),
  telemetry: description('Microsoft keeps them for a year and a half, to diagnose and to support.'),

  encryptedAlways: description('Data at rest is encrypted by the service, for long and for short.'),
  ownKeysOnTop: statement(
    'Keys of your own can be added, so that content is encrypted twice.',
    stepsOfSection,
    option('customerManagedKeys'),
  ),
  whichObjects: description('Services created since August 2020 encrypt temporary disks as well.'),
  inTransit: statement(
    'The service listens on port 443, and every connection is by TLS 1.2. Older versions are not supported.',
    stepsOfSection,
    note('Search has nothing to configure: Azure refuses older versions by itself.'),
    decision('searchTls'),
  ),
  storageEncrypts: statement(
    'What depends on Storage can use the encryption that Storage has.',
    stepsOfSection,
    option('customerManagedKeys'),
  ),
  microsoftKeys: description('Microsoft’s keys: built in, for all tiers and regions.'),
  ownKeysOnDisks: description('Your keys on data disks: billable tiers, some regions, since August 2020.'),
  ownKeysEverywhere: statement(
    'Your keys on data and temporary disks: billable tiers, all regions, services since May 2021.',
    steps('search-cmk-enforcement'),
  ),
  serviceKeys: description('Encryption with Microsoft’s keys is AES of 256 bits and happens with every indexing.'),
  serviceKeysCover: description('It covers content on all disks.'),

  vaultNeeded: statement(
    'Keys of your own need a key vault, in whatever region, but in the same subscription.',
    stepsOfSection,
    decision('vaultSubscription'),
  ),
  twoPhases: description('Support came in two phases; since May 2021 it is full.'),
  slower: statement(
    'Indexes grow and queries take 30 to 60 percent longer. Encrypt only the indexes that need it.',
    option('customerManagedKeys'),
    steps('search-cmk-enforcement'),
    note('The option is off by itself, and the step says what it costs.'),
    decision('keysPerIndex'),
  ),
};
