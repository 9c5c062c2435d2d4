import '../views/chain.mjs';
import '../views/looks.mjs';
import '../views/map.mjs';
import '../views/operations.mjs';
import '../views/overview.mjs';
import '../views/smile.mjs';
import '../views/strike.mjs';
import { runScenes } from '../support/scenes.mjs';

runScenes();
