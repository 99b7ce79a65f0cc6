package io.plumbline.processor.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all stores of the process together; by default every store would take up to 50 MB of cache and 48 MB
 * of write buffers of its own. Kafka Streams makes one instance per store.
 */
public final class BoundedRocks implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 48L << 20;
    private static final long WRITE_BUFFERS_BYTES = 24L << 20;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static final int SHARDS = -1;
    /** For filters and indexes: a look at a key whose filter is not there reads all of it from disk first. */
    private static final double HIGH_PRIORITY = 0.5;

    private static final double BITS_PER_KEY = 10;

    private static final Cache CACHE = new LRUCache(CACHE_BYTES, SHARDS, false, HIGH_PRIORITY);
    /** Most answers and labels are looked for before there is anything of them. */
    private static final Filter FILTER = new BloomFilter(BITS_PER_KEY);

    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    /** Called by Kafka Streams through the property {@code rocksdb.config.setter}. */
    public BoundedRocks() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            table.setCacheIndexAndFilterBlocks(true);
            table.setPinL0FilterAndIndexBlocksInCache(true);
            table.setFilterPolicy(FILTER);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        // cache, filter and write buffers are shared by all stores and live as long as the process
    }
}
