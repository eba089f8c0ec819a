import type { StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';

/** The regions that keep each other's copies. Source: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure */
const PAIRED: Readonly<Record<string, string>> = {
  ...both('centralus', 'eastus2'),
  ...both('eastasia', 'southeastasia'),
  ...both('eastus', 'westus'),
  ...both('westus2', 'westcentralus'),
  ...both('northcentralus', 'southcentralus'),
  ...both('northeurope', 'westeurope'),
  ...both('japaneast', 'japanwest'),
  ...both('australiaeast', 'australiasoutheast'),
  ...both('centralindia', 'southindia'),
  ...both('canadacentral', 'canadaeast'),
  ...both('uksouth', 'ukwest'),
  ...both('koreacentral', 'koreasouth'),
  brazilsouth: 'southcentralus',
  westindia: 'southindia',
  westus3: 'eastus',
  francecentral: 'francesouth',
  southafricanorth: 'southafricawest',
  uaenorth: 'uaecentral',
  switzerlandnorth: 'switzerlandwest',
  germanywestcentral: 'germanynorth',
  norwayeast: 'norwaywest',
  swedencentral: 'swedensouth',
};

/** Where the copy in another region is; undefined where there is none. */
export function secondaryLocationOf(account: Pick<StoredResource, 'body'>): string | undefined {
  return /_(RA)?GZ?RS$/i.test(skuOf(account)) ? PAIRED[String(account.body['location'])] : undefined;
}

/** True where the copy in another region can be read, under names of its own. */
export function hasReadableSecondary(account: Pick<StoredResource, 'body'>): boolean {
  return /_RAGZ?RS$/i.test(skuOf(account));
}

function skuOf({ body }: Pick<StoredResource, 'body'>): string {
  return String(objectOf(body['sku'])['name']);
}

function both(left: string, right: string): Record<string, string> {
  return { [left]: right, [right]: left };
}
