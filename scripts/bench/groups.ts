import { cost } from './cost.ts';
import type { Group } from './group.ts';
import { lists } from './lists.ts';
import { occupancy } from './occupancy.ts';
import { pages } from './scripts-of-pages.ts';
import { seatMaps } from './seat-maps.ts';
import { service } from './service.ts';
import { viewers } from './viewers.ts';

/** Every group, in the order they are measured: what fills the server comes last. */
export const GROUPS: readonly Group[] = [service, cost, viewers, pages, seatMaps, occupancy, lists];
