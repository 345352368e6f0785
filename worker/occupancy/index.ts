import { serve } from '../endpoint.ts';
import { occupancy } from '../occupancy.ts';
import { occupancyHistory } from '../occupancy-history.ts';

/** A Worker of its own: the picture of a sale does not wait behind the sale's own calls. */
export default serve([occupancy, occupancyHistory]);
