/** An Azure region as ARM knows it. */
export interface Region {
  readonly name: string;
  readonly displayName: string;
}

/** The regions that a resource group may be in, in the order in which ARM lists them. */
export const REGIONS: readonly Region[] = [
  'Central US',
  'East Asia',
  'Southeast Asia',
  'East US',
  'East US 2',
  'West US',
  'West US 2',
  'North Central US',
  'South Central US',
  'West Central US',
  'North Europe',
  'West Europe',
  'Japan East',
  'Japan West',
  'Brazil South',
  'Australia Southeast',
  'Australia East',
  'West India',
  'South India',
  'Central India',
  'Canada Central',
  'Canada East',
  'UK South',
  'UK West',
  'Korea Central',
  'Korea South',
  'France Central',
  'South Africa North',
  'UAE North',
  'Australia Central',
  'Switzerland North',
  'Germany West Central',
  'Norway East',
  'Jio India West',
  'West US 3',
  'Australia Central 2',
  'Sweden Central',
].map((displayName) => ({ name: regionName(displayName), displayName }));

/** Regions without availability zones. https://learn.microsoft.com/azure/reliability/regions-list */
const WITHOUT_ZONES = new Set(
  [
    'West US',
    'North Central US',
    'West Central US',
    'Australia Southeast',
    'West India',
    'South India',
    'Canada East',
    'UK West',
    'Korea South',
    'Jio India West',
    'Australia Central',
    'Australia Central 2',
  ].map(regionName),
);

/** True where resources can be spread over availability zones. */
export function hasZones(location: string): boolean {
  return !WITHOUT_ZONES.has(regionName(location));
}

/** `East US 2` becomes `eastus2`. */
export function regionName(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

export function findRegion(location: string): Region | undefined {
  return REGIONS.find((region) => region.name === regionName(location));
}
