// SpatiaLite's own header pulls in <sqlite3.h>, which GRDB already exposes as GRDBSQLite.
// Only the three functions of a connection's life are declared here, so that there is one sqlite3 module.
#ifndef LIEUDIT_CSPATIALITE_H
#define LIEUDIT_CSPATIALITE_H
struct sqlite3;
extern void *spatialite_alloc_connection(void);
extern void spatialite_init_ex(struct sqlite3 *database, const void *connection_block, int verbose);
extern void spatialite_cleanup_ex(const void *connection_block);
extern void spatialite_initialize(void);
extern const char *spatialite_version(void);

// SQLite's own is variadic, which Swift cannot call. 9 is SQLITE_CONFIG_MEMSTATUS.
static inline int lieudit_sqlite_without_memory_counts(void) {
    extern int sqlite3_config(int option, ...);
    return sqlite3_config(9, 0);
}
#endif
