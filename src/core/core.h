/** @file
 *  The simulation core: flat arrays in, a projection out. Plain arithmetic only (+ - * / min max): no file, no
 *  clock, no random source, no libm. The innermost index of every array is the lane: a variant, a point of a sweep,
 *  a draw. Equations: docs/model.md.
 *
 *  Years are steps 0..years-1, step 0 the base year. A flow of step t happened between the count dates of t-1 and t.
 *  A cell is one sex and one age: cell = sex * ages + age index.
 */
#ifndef FREM_CORE_CORE_H
#define FREM_CORE_CORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/pool.h"
#include "fremskriv/status.h"

/** Lanes come one at a time or in blocks of this many; other numbers are padded by the caller with copies. */
#define FREM_LANES 16

/** An array of numbers with, behind each, either one number per lane or one for all lanes. Element i of lane l is
 *  at[i * (lane ? lanes : 1) + (lane ? l : 0)]. at == NULL: the part is off. Aligned to 64 bytes where lane is set. */
typedef struct frem_lanes {
    const double *at;
    bool lane;
} frem_lanes;

/** Numbers over step, region and cell; a stride of 0 means the same along that dimension. Strides count elements. */
typedef struct frem_grid {
    frem_lanes values; /**< at == NULL: neutral */
    size_t step;
    size_t region;
    size_t cell;
} frem_grid;

/** Ways out of a stock, in the order in which they act; each rate is conditional on the ones before it. */
typedef enum frem_exit {
    FREM_EXIT_DEATH,
    FREM_EXIT_EMIGRATION,
    FREM_EXIT_PERMANENT,
    FREM_EXIT_RETIREMENT,
    FREM_EXIT_COUNT
} frem_exit;

/** Who is followed for some years after joining the stock. */
typedef enum frem_recent {
    FREM_RECENT_IMMIGRANTS, /**< leave as emigrants */
    FREM_RECENT_GRADUATES,  /**< of programmes; leave for good, and may come back as others do */
    FREM_RECENT_COUNT
} frem_recent;

/** Most years after joining for which people are followed. */
enum { FREM_RECENT_YEARS = 10 };

/** What those who joined leave by beside the exits of all. People of the base year's stock have not joined. */
typedef struct frem_core_recent {
    size_t years; /**< 0: no one is followed */
    /** By whole years since the count at which they were first counted: rate of the step t -> t+1 read at t, of those whom
     *  all other exits of the step left; neutral 0. */
    frem_grid leaving[FREM_RECENT_YEARS];
} frem_core_recent;

/** How the base year's supply comes about; model.md, "Base year". */
typedef enum frem_base_mode { FREM_BASE_COHORTS, FREM_BASE_SCALE, FREM_BASE_OVERWRITE } frem_base_mode;

/** How unemployment answers the shortage of the step before, region by region. Off where rate.at is NULL. */
typedef struct frem_core_response {
    frem_lanes
        rate; /**< [1] by how much unemployment falls for each 1 by which (demand - supply) / demand, without what
                        other professions fill, has risen since step 0 */
    /** [1] shares of the labour force out of work that it does not fall below or rise above; one that is there already
     *  stays. */
    frem_lanes least, most;
} frem_core_response;

/** One profession's stock and labour. */
typedef struct frem_core_profession {
    bool has_stock;                   /**< false: demand only, no stock, no gap (untrained staff) */
    bool labour_force;                /**< supply is of the labour force, not of those employed alone */
    frem_grid stock;                  /**< persons in step 0, by region and cell (step stride 0); >= 0 */
    frem_grid exits[FREM_EXIT_COUNT]; /**< rate of the step t -> t+1 read at t; 0..1 */
    frem_grid participation;          /**< labour force per person, or employed per person; neutral 1 */
    frem_grid employment;             /**< employed per person in the labour force; neutral 1 */
    frem_grid fte;                    /**< effective FTE per employed person; neutral 1 */
    frem_grid immigration;            /**< persons who arrive in step t (t >= 1), by region and cell */
    frem_core_recent recent[FREM_RECENT_COUNT];
    /** Share of the pool of those who left for good that comes back; read at t for t -> t+1. */
    frem_grid returning;
    /** Those who had left for good at the count of step 0, per person of the stock then (step stride 0); off: none. Of no effect
     *  without `returning`. */
    frem_grid already_left;
    /** [step or one][cell or one][from][to] yearly probability of moving; the diagonal is ignored: who neither moves nor
     *  leaves stays. Read at t for t -> t+1, and for the cell in which people are a year later, when they move. */
    frem_lanes moves;
    frem_lanes
        moves_outside; /**< [step or one][cell or one][from] probability of moving out of all regions; off: 0 */
    /** [step or one][cell or one][region] net share of the stock gained (> 0) or lost (< 0, >= -1) by moves a year; never
     *  together with moves or moves_outside. */
    frem_lanes net_moves;
    bool moves_by_step, moves_by_cell; /**< of the three; false: the same in all */
    /** Factor on moves and moves_outside, by the region that people leave; read as they are. No row sums to more than 1
     *  with it. Neutral 1. */
    frem_grid moves_factor;
    /** [step or one][residence][workplace] share of the residence's supply that works there; a row sums to 1 - outside.
     *  Off: people work where they live. */
    frem_lanes commuting;
    bool commuting_by_step;
    frem_grid
        inflow_employed; /**< by step and region: employed who live outside the regions and work here; off: 0 */
    frem_grid inflow_fte; /**< by step and region: their FTE; off: 0 */
    frem_lanes unit_cost; /**< [step] mio. kr. per FTE of demand; off: no cost */
    frem_core_response response;
    /** [step] share of the shortage of the step before whose posts go to filled_by, which has no stock; off: 0 */
    frem_lanes filled;
    size_t filled_by;
} frem_core_profession;

/** One stream of entrants: a programme, or its intake in one region. What happens to an entry cohort is given as
 *  shares of it by lag (years after the entry year) and stage. */
typedef struct frem_core_programme {
    size_t profession;    /**< whom it leads to */
    ptrdiff_t region;     /**< where its graduates go; -1: by to_region */
    frem_grid to_region;  /**< share of the graduates that settles in a region, by step and region */
    ptrdiff_t first_step; /**< step of entry cohort 0: negative before the base year */
    size_t entries;       /**< entry cohorts, one a year */
    size_t lags;          /**< outcomes fall in steps entry+0 .. entry+lags-1 */
    size_t shifts;        /**< ages at joining are age at entry + 0 .. shifts-1 */
    size_t stages;
    frem_lanes intake;   /**< [entry] persons; intake = min(places, applicants) is compiled before */
    frem_lanes joining;  /**< [entry][lag][shift] share of the cohort that joins the stock */
    frem_lanes dropping; /**< [entry][lag][stage] share that drops out */
    frem_lanes studying; /**< [entry][lag][stage] share that studies at the count date */
    /** [entry][cell] shares by sex and age at entry; entry cohorts lie `entrants_entry` apart, 0 where all are alike. */
    frem_lanes entrants;
    size_t entrants_entry;
    /** [sex][entry][lag][shift] share of the entrants that joins the stock, where that is not `joining`, which is then that of
     *  all who complete: some settle outside, or the sexes fare differently. Sexes lie `arriving_sex` apart, 0 where both are
     *  alike. Off: `joining`. */
    frem_lanes arriving;
    size_t arriving_sex;
    frem_lanes
        again; /**< [entry][lag] share of the cohort that begins again; the shares above hold what they do; off: 0 */
    frem_lanes
        settled; /**< [entry][lag] share of the cohort that joins so, all sexes together; with `arriving` */
    frem_lanes student_fte; /**< [stage] FTE that a student works; off: 0 */
} frem_core_programme;

/** A programme whose entrants come from the stock of another profession, from one start of the year. Its people are
 *  followed by region and cell: they leave the old stock at the first count date after they start, and arrive in the
 *  new one, or come back, in the region where they live, as many years older as have passed. */
typedef struct frem_core_upgrade {
    size_t from, to;      /**< professions, both with a stock; else no one starts */
    ptrdiff_t first_step; /**< step of entry cohort 0: negative before the base year */
    size_t entries;
    size_t lags;
    size_t take_lag; /**< 0 or 1: entrants of year e are out of the stock from step e + take_lag on */
    frem_lanes
        intake; /**< [entry] persons who would start; never more than the cells of the old stock hold */
    /** [entry][cell] shares by sex and age at the count date at which they are taken; entry cohorts lie `entrants_entry`
     *  apart, 0 where all are alike. */
    frem_lanes entrants;
    size_t entrants_entry;
    /** [entry][lag] share that completes and arrives in step entry + lag, lag >= take_lag. Where regions or sexes differ,
     *  this and the two below have one such block for each: `region_outcomes` and `sex_outcomes` are how far they lie
     *  apart, 0 where all are alike. */
    frem_lanes joining;
    frem_lanes
        dropping; /**< [entry][lag] share that drops out and comes back in step entry + lag, lag >= take_lag */
    frem_lanes studying; /**< [entry][lag] share that studies at the count date */
    size_t region_outcomes, sex_outcomes;
    /** [region] whether entrants are taken from there; NULL: from all. */
    const bool *regions;
    /** [1] share of the dropouts that comes back to the old stock; the rest is lost; off: 1. */
    frem_lanes returning;
} frem_core_upgrade;

/** What moves the need of a sector. */
typedef enum frem_driver {
    FREM_DRIVER_CONSTANT,
    FREM_DRIVER_USERS,  /**< weighted users */
    FREM_DRIVER_SERIES, /**< an index given by year and region; index of step 0 need not be 1 */
    FREM_DRIVER_SECTOR  /**< the index of another sector */
} frem_driver;

/** A staffing ratio as a floor under a sector's need (normering). Off where required.at is NULL. */
typedef struct frem_core_floor {
    /** [region][step] FTE that the rule asks for; where less than 1e-12 of it is missing, nothing is. */
    frem_lanes required;
    frem_lanes children;     /**< [region][step] persons whom the rule is for; only reported; off: 0 */
    frem_lanes staff_weight; /**< [profession] how much of an FTE counts as staff; off: 1 */
    /** [region] FTE of step 0 that count and belong to no profession here; follow the sector's need; off: 0. */
    frem_lanes other_staff;
    frem_lanes student_weight; /**< [1] how much of students' FTE counts; off: 0 */
    frem_lanes marginal;       /**< [profession] share of the missing staff; sums to 1 */
    frem_lanes phase;          /**< [step] share of the missing staff that is asked for, 0..1; off: 1 */
} frem_core_floor;

/** How supply is allocated to sectors. */
typedef enum frem_allocation {
    FREM_ALLOCATE_NONE,
    FREM_ALLOCATE_PROPORTIONAL, /**< every sector gets the same share of its demand */
    FREM_ALLOCATE_PRIORITY      /**< sectors are filled in order of priority */
} frem_allocation;

/** One sector of employment. */
typedef struct frem_core_sector {
    frem_driver driver;
    size_t groups;         /**< user groups of FREM_DRIVER_USERS */
    frem_lanes population; /**< [group][region][step] persons */
    frem_lanes use_rate;   /**< [group][region][step] users per person; off: 1 */
    frem_lanes weight;     /**< [group][step]; off: 1 */
    bool
        of_posts; /**< weighted users are posts: the index is theirs over the need of step 0, not over step 0's users */
    frem_lanes series;       /**< [region][step] of FREM_DRIVER_SERIES */
    frem_lanes employment;   /**< [profession][region] FTE in step 0, >= 0 */
    frem_lanes vacancies;    /**< [profession][region] FTE that count as need in step 0; off: 0 */
    frem_lanes standard;     /**< [step] factor; off: 1 */
    frem_lanes productivity; /**< [step] factor > 0; off: 1 */
    frem_lanes shift;      /**< [profession][step] added to the profession's base share, sums to 0; off: 0 */
    frem_lanes extra;      /**< [profession][region][step] FTE; off: 0 */
    size_t follows;        /**< FREM_DRIVER_SECTOR: the other sector; no cycles */
    frem_core_floor floor; /**< what it asks for is added to extra */
    size_t priority;       /**< FREM_ALLOCATE_PRIORITY: filled in ascending order; distinct */
} frem_core_sector;

/** Posts that move from a sector to another; one of share and fte is on. */
typedef struct frem_core_transfer {
    size_t from, to;  /**< sectors */
    frem_lanes share; /**< [step] of the sector's need before any transfer */
    frem_lanes fte;   /**< [region][step] */
    frem_lanes
        shares; /**< [profession][step] of the posts where they arrive, sums to 1; off: they keep theirs */
} frem_core_transfer;

/** A named group of regions. */
typedef struct frem_core_group {
    const size_t *regions; /**< ascending */
    size_t count;
} frem_core_group;

/** Everything a projection needs. All borrowed. */
typedef struct frem_core_inputs {
    size_t lanes; /**< 1, or a multiple of FREM_LANES */
    size_t steps; /**< years, base year included; >= 1 */
    size_t regions;
    /** The last so many regions are not reported. They are projected as far as the others depend on them: no result has
     *  them, neither by region nor in a sum. */
    size_t unreported;
    size_t sexes;
    size_t ages;
    size_t oldest_share_index; /**< index of the first age that share_55_plus counts */
    bool oldest_open;          /**< the oldest age is an open group; false: people leave when they pass it */
    frem_base_mode base_mode;
    const frem_core_profession *professions;
    size_t n_professions;
    const frem_core_programme *programmes;
    size_t n_programmes;
    const frem_core_upgrade *upgrades;
    size_t n_upgrades;
    const frem_core_sector *sectors;
    const frem_core_transfer *transfers;
    size_t n_transfers;
    size_t n_sectors;
    frem_allocation allocation;
    const frem_core_group
        *groups; /**< named groups; the sum over all reported regions is always there besides */
    size_t n_groups;
} frem_core_inputs;

/** What is reported by profession and area. All add up over regions. */
typedef enum frem_core_measure {
    FREM_CORE_SUPPLY,       /**< FTE */
    FREM_CORE_DEMAND,       /**< FTE, all sectors */
    FREM_CORE_GAP,          /**< FTE, supply - demand */
    FREM_CORE_SHORTAGE,     /**< FTE, sum over regions of max(0, -gap) */
    FREM_CORE_RECRUITMENT,  /**< FTE to hire: rise in demand + FTE of all who left; from step 1 */
    FREM_CORE_STOCK,        /**< persons */
    FREM_CORE_STOCK_55,     /**< persons aged 55 and over */
    FREM_CORE_LABOUR_FORCE, /**< persons */
    FREM_CORE_EMPLOYED,     /**< persons */
    FREM_CORE_GRADUATES,    /**< persons who join the stock from programmes; from step 1, as all flows */
    FREM_CORE_DEATHS,
    FREM_CORE_EMIGRANTS,
    FREM_CORE_PERMANENT,
    FREM_CORE_RETIREMENTS,
    FREM_CORE_AGED_OUT, /**< persons who pass the oldest age where it is not an open group */
    FREM_CORE_IMMIGRANTS,
    FREM_CORE_RETURNERS,    /**< from the pool of those who had left for good */
    FREM_CORE_UPGRADES_IN,  /**< completers who arrive, and dropouts who come back */
    FREM_CORE_UPGRADES_OUT, /**< persons who left this stock to study */
    FREM_CORE_MOVES_IN,
    FREM_CORE_MOVES_OUT, /**< to other regions and outside */
    FREM_CORE_STUDENT_FTE, /**< FTE that students of programmes leading to the profession work at the count date */
    FREM_CORE_POSTS_UNFILLED, /**< FTE left empty, all sectors, where there is an allocation */
    FREM_CORE_COST,           /**< mio. kr. */
    /** FTE of all who left by exits or passed the oldest age; from step 1. */
    FREM_CORE_EXITS_FTE,
    FREM_CORE_LEAVERS_FTE, /**< FTE of those who moved away or left to study; from step 1 */
    FREM_CORE_INFLOW_FTE, /**< FTE of immigrants, returners, upgrades and those who moved here; from step 1 */
    FREM_CORE_FILLED, /**< FTE of posts that went to another profession, in its demand and not in this one's */
    FREM_CORE_MEASURES
} frem_core_measure;

/** By programme and step: intake of the year, students at the count date, dropouts and graduates of the step. */
typedef enum frem_core_course_measure {
    FREM_COURSE_INTAKE,
    FREM_COURSE_STUDENTS,
    FREM_COURSE_DROPOUTS,
    FREM_COURSE_GRADUATES,
    FREM_COURSE_SETTLED, /**< graduates who join the stock by `arriving`, before to_region */
    FREM_COURSE_AGAIN,   /**< dropouts who begin again, in the year of their new entry */
    FREM_COURSE_MEASURES
} frem_core_course_measure;

/** By area, sector and step: what a staffing ratio is about. All add up over regions. */
typedef enum frem_core_floor_measure {
    FREM_FLOOR_CHILDREN, /**< persons whom the rule is for */
    FREM_FLOOR_REQUIRED, /**< FTE that it asks for */
    FREM_FLOOR_COUNTED,  /**< FTE that it counts, before what it adds */
    FREM_FLOOR_MEASURES
} frem_core_floor_measure;

/** A projection. Areas are the regions that are reported, then the groups, then the sum over those regions. Lanes
 *  innermost. */
typedef struct frem_core_results {
    size_t lanes, steps, regions, areas, professions, sectors, programmes, upgrades;
    size_t world; /**< all regions of the inputs */
    /** Whether regions have places of their own in the arrays by area: frem_core_place(). Else one serves them in turn, and
     *  only groups and the sum are of use. */
    bool regions_kept;
    bool sectors_summed;             /**< whether groups and the sum have numbers by sector */
    bool summed[FREM_CORE_MEASURES]; /**< which measures groups and the sum have */
    double *measures;                /**< [profession][place of area][measure][step][lane] */
    double *sector_demand;           /**< [profession][place of area][sector][step][lane] FTE */
    double *sector_unfilled;         /**< as sector_demand, FTE; NULL without an allocation */
    double *
        upgrade_courses; /**< [upgrade][measure of courses][region of the world][step][lane], where people were taken */
    double *
        users; /**< [place of area][sector][step][lane] weighted by nothing: persons; 0 where no users drive it */
    double *
        floors; /**< [place of area][sector][measure of floors][step][lane]; NULL where no sector has a rule */
    double *index;         /**< [region, or one][sector][step][lane] users index */
    double *courses;       /**< [programme][measure][step][lane], all stages together */
    double *course_stages; /**< [programme][stage of most stages][students, dropouts][step][lane] */
    size_t max_stages;
    double *scale; /**< [profession][region][lane] factor on the stock of step 0 (1 where not scaled) */
    /** [profession][region of the world] employment without any stock to scale, or, with commuting, no factor >= 0; in some
     *  lane. The factor is 1 there. */
    bool *unscalable;
    double *cells; /**< [profession][area from regions on][step][cell][lane] stock by age and sex of the
                                 groups and the sum of all; only when asked for, else NULL */
    /** [lane] whether a lane should be looked at before its numbers are used: some number is beyond FREM_CORE_LARGE, or
     *  coverage may be; a need is below 0, or of employment that has nothing to follow; posts are taken where there are none.
     *  Lanes without any of it have no mark; one with a mark may be in order all the same. */
    bool *doubtful;
    frem_arena *arena; /**< where the arrays are, and what a projection works with: kept for the next one */
    double *working;   /**< scratch of frem_core_project() */
    size_t working_room;
} frem_core_results;

/** A number beyond this is hardly a quantity. Sums over areas and ratios of smaller ones are finite. */
#define FREM_CORE_LARGE 1e90
/** A need less than this below 0 is rounding. */
#define FREM_CORE_NO_NEED 1e-9

/** Whether something ties a profession's regions to each other: moves, commuting, an upgrade. */
bool frem_core_is_tied(const frem_core_inputs *inputs, size_t profession);

/** What is asked of a projection; zero: everything but `cells`. Less is faster. */
typedef struct frem_core_wanted {
    bool cells; /**< stock by age and sex */
    bool
        no_regions; /**< only groups of regions and the sum of all: regions are kept only where they need it */
    bool no_sectors; /**< nothing by sector of groups and the sum */
    const bool
        *measures; /**< [FREM_CORE_MEASURES] of groups and the sum, supply and demand besides; NULL: all */
} frem_core_wanted;

/** Whether results have room for a projection of inputs of the same model, so that they can be used again. */
bool frem_core_results_fit(const frem_core_results *results, const frem_core_inputs *inputs,
                           const frem_core_wanted *wanted);
/** Whether regions go through the years one by one, so that they need not be kept. */
bool frem_core_goes_by_region(const frem_core_inputs *inputs);
/** Room for what is wanted of a projection; everything zero. @param[out] out Borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_core_results_of(const frem_core_inputs *inputs,
                                                 const frem_core_wanted *wanted, frem_arena *arena,
                                                 frem_core_results **out);
/** Room for a projection of these inputs; everything zero. Projections of one model after the other may use the same. @param cells whether stock by age and sex is kept.
 *  @param[out] out Borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_core_results_new(const frem_core_inputs *inputs, bool cells,
                                                  frem_arena *arena, frem_core_results **out);

/** Instruction sets that the hot loops are built for. Results are the same bits in each. */
typedef enum frem_isa {
    FREM_ISA_BEST,
    FREM_ISA_PLAIN,
    FREM_ISA_AVX2,
    FREM_ISA_AVX512,
    FREM_ISA_COUNT
} frem_isa;
/** Whether this machine has it. FREM_ISA_BEST and FREM_ISA_PLAIN always. */
bool frem_isa_here(frem_isa isa);

/** Projects. Blocks (a profession in a region) run on the pool when there is enough work to share; the results
 *  are the same bits for any pool and isa. @param pool may be NULL. @param isa one that frem_isa_here(). */
FREM_MUST_CHECK frem_status frem_core_project(const frem_core_inputs *inputs, frem_pool *pool, frem_isa isa,
                                              frem_core_results *results);

/** Where the arrays by area have an area, and how many places they have. */
static inline size_t frem_core_place(const frem_core_results *r, size_t area) {
    return r->regions_kept ? area : area < r->regions ? 0 : area - r->regions + 1;
}
static inline size_t frem_core_places(const frem_core_results *r) {
    return frem_core_place(r, r->areas - 1) + 1;
}
/** Places in the result arrays, without the lane. */
static inline size_t frem_core_at(const frem_core_results *r, size_t profession, size_t area,
                                  frem_core_measure m, size_t step) {
    const size_t place = profession * frem_core_places(r) + frem_core_place(r, area);
    return ((place * FREM_CORE_MEASURES + (size_t)m) * r->steps + step) * r->lanes;
}

#endif
