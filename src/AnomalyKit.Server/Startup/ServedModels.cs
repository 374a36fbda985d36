namespace AnomalyKit.Server.Startup;

/// <summary>The models of the configuration; where it names none, an example.</summary>
internal static class ServedModels
{
    public static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        var models = services.AddAnomalyDetection().AddKind(FeedbackDetector.Format).AddServing();
        services.AddAnomalyDetectionGrpc();
        // A variable of the environment that is set to nothing, as compose files do for one that is not set, names no folder and no model.
        services.PostConfigure<AnomalyDetectionOptions>(options =>
        {
            options.ModelFolder = options.ModelFolder is "" ? null : options.ModelFolder;
            options.DefaultModel = options.DefaultModel is "" ? null : options.DefaultModel;
        });
        var section = configuration.GetSection(AnomalyDetectionOptions.SectionName);
        if (string.IsNullOrWhiteSpace(section[nameof(AnomalyDetectionOptions.ModelFolder)]) && !section.GetSection(nameof(AnomalyDetectionOptions.Models)).GetChildren().Any())
            models.AddModel(ExampleModel.Name, ExampleModel.Fit());
    }
}
