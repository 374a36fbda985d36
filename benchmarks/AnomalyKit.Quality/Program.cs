using AnomalyKit.Quality;

return await QualityCommand.Create().Parse(args).InvokeAsync();
