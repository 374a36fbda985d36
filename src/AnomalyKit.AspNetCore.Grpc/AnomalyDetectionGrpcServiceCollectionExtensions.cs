using AnomalyKit;
using AnomalyKit.Serving.Calls;
using AnomalyKit.Serving.Protocol;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Open Inference Protocol over gRPC.</summary>
public static class AnomalyDetectionGrpcServiceCollectionExtensions
{
    /// <summary>Adds the service <c>inference.GRPCInferenceService</c>, with the limits of <see cref="AnomalyServingOptions"/>. Map it with <c>MapAnomalyDetectionGrpc</c>.</summary>
    /// <param name="services">The services of the host, to which <c>AddAnomalyDetection</c> adds the models.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAnomalyDetectionGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddGrpc();
        services.TryAddSingleton<Inferring>();
        services.TryAddSingleton<CallGuard>();
        services.TryAddSingleton<InferenceService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceMethodProvider<InferenceService>, InferenceMethods>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<GrpcServiceOptions<InferenceService>>, InferenceLimits>());
        return services;
    }
}
