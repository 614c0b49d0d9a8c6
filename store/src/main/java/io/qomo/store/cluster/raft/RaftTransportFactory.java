package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.rpc.RaftRpcFactory;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.SPI;

/// Puts our transport in the place of the library's; the library finds it in `META-INF/services`.
@SPI(name = "qomo", priority = 100)
public final class RaftTransportFactory implements RaftRpcFactory {
    /// For the library.
    public RaftTransportFactory() {}

    @Override
    public void registerProtobufSerializer(String className, Object... arguments) {
        // messages bring their own
    }

    @Override
    public RpcClient createRpcClient(ConfigHelper<RpcClient> helper) {
        return new RaftClient();
    }

    @Override
    public RpcServer createRpcServer(Endpoint endpoint, ConfigHelper<RpcServer> helper) {
        throw new IllegalStateException("requests come in through RaftService");
    }
}
