/** @file
 *  All public headers of libfremskriv.
 */
#ifndef FREMSKRIV_FREMSKRIV_H
#define FREMSKRIV_FREMSKRIV_H

#include "fremskriv/address.h"
#include "fremskriv/backtest.h"
#include "fremskriv/calibrate.h"
#include "fremskriv/decompose.h"
#include "fremskriv/diag.h"
#include "fremskriv/explain.h"
#include "fremskriv/frame.h"
#include "fremskriv/import.h"
#include "fremskriv/model.h"
#include "fremskriv/montecarlo.h"
#include "fremskriv/output.h"
#include "fremskriv/path.h"
#include "fremskriv/progress.h"
#include "fremskriv/results.h"
#include "fremskriv/scenario.h"
#include "fremskriv/sensitivity.h"
#include "fremskriv/session.h"
#include "fremskriv/solve.h"
#include "fremskriv/sources.h"
#include "fremskriv/status.h"
#include "fremskriv/sweep.h"
#include "fremskriv/version.h"

#endif
