import type { CoveredDocument } from './statement';
import { clients } from './statements/clients';
import { permissions } from './statements/permissions';
import { resources } from './statements/resources';
import { searchAndStorage } from './statements/searchAndStorage';
import { understanding } from './statements/understanding';

export const onYourDataFrench: CoveredDocument = {
  seed: 'on-your-data.fr',
  about: 'French: use Azure OpenAI On Your Data securely. The newer version of on-your-data.zh-tw.',
  sections: [
    {
      name: 'Remarque',
      sentences: [
        ['À partir de juin 2024', understanding.formEnded],
        ['activez le service approuvé Recherche', understanding.enableTrustSoon],
      ],
    },
    {
      name: 'Utiliser Azure OpenAI en toute sécurité sur vos données',
      sentences: [
        ['Lisez cet article', understanding.aim],
        ['uniquement lors de l’utilisation', understanding.textOnly],
      ],
    },
    {
      name: 'Architecture d’ingestion des données',
      sentences: [
        ['Stockage Blob Azure, de fichiers locaux', understanding.ingestionSources],
        ['Les étapes 1 et 2', understanding.ingestionFlow],
        ['Deux indexeurs, deux index', understanding.ingestionObjects],
        ['Si la planification déclenche', understanding.scheduledRefresh],
        ['preprocessing-jobs', understanding.skillProtocol],
        ['algorithme heuristique', understanding.chunking],
        ['activer la recherche vectorielle', understanding.vectorSearch],
        ['déclenche le deuxième indexeur', understanding.secondIndexer],
        ['seules celles affectées par le système', understanding.systemIdentitiesOnly],
      ],
    },
    {
      name: 'Architecture d’inférence',
      sentences: [
        ['récupérer les champs d’index', understanding.contributorAtInference],
        ['dépendance d’incorporation', understanding.embeddingAtInference],
      ],
    },
    {
      name: 'Contrôle d’accès au niveau du document',
      sentences: [
        ['uniquement pour la recherche Azure AI', understanding.searchOnly],
        ['limiter les documents', understanding.offersFilters],
        ['seulement sur les index', understanding.existingIndexOnly],
        ['Pour inscrire votre application', understanding.registerApplication],
        ['Indexez vos documents', understanding.fieldSchema],
        ['est le nom de champ par défaut', understanding.fieldName],
        ['chaque document sensible', understanding.everyDocument],
        ['ajoutez votre source de données', understanding.mapInStudio],
      ],
    },
    {
      name: 'Contrôle d’accès au niveau du document / Azure OpenAI Studio',
      sentences: [['Une fois l’index Recherche', understanding.studioTrims]],
    },
    {
      name: 'Contrôle d’accès au niveau du document / Application Web',
      sentences: [['application web publiée', understanding.redeployWebApp]],
    },
    {
      name: 'Contrôle d’accès au niveau du document / API',
      sentences: [
        ['transmettez le paramètre', understanding.filterInEachRequest],
        ['stockez-la en toute sécurité', understanding.keysOutOfCode],
        ['"data_sources"', understanding.filterExample],
        ['est le nom de champ que vous', understanding.fieldInFilter],
        ['sont des groupes attribués', understanding.groupsInFilter],
      ],
    },
    {
      name: 'Configuration des ressources',
      sentences: [
        ['suivre toutes les étapes', resources.everySection],
        ['désactivation du réseau public', resources.publicNetworkOff],
        ['réseaux sélectionnés avec des règles', resources.noAddressRules],
      ],
    },
    {
      name: 'Créer un groupe de ressources',
      sentences: [
        ['Créez un groupe de ressources', resources.resourceGroup],
        ['Un réseau virtuel', resources.oneNetwork],
        ['Trois services clés', resources.threeServices],
        ['Trois points de terminaison', resources.threeEndpoints],
        ['Trois interfaces réseau', resources.threeInterfaces],
        ['Une passerelle de réseau virtuel', resources.oneGateway],
        ['Une application web avec', resources.oneWebApp],
        ['Une zone DNS privée', resources.oneZone],
      ],
    },
    {
      name: 'Création d’un réseau virtuel',
      sentences: [
        ['comporte trois sous-réseaux', resources.threeSubnets],
        ['Le premier sous-réseau', resources.gatewaySubnet],
        ['Le deuxième sous-réseau', resources.endpointSubnet],
        ['Le troisième sous-réseau', resources.webAppSubnet],
      ],
    },
    {
      name: 'Configurer Azure OpenAI / Sous-domaine personnalisé activé',
      sentences: [
        ['Le sous-domaine personnalisé est obligatoire', resources.subdomain],
        ['à l’aide d’un modèle ARM', resources.subdomainInTemplate],
      ],
    },
    {
      name: 'Configurer Azure OpenAI / Activer une identité managée',
      sentences: [
        ['reconnaître votre instance Azure OpenAI', resources.openAiIdentity],
        ['via l’API de gestion', resources.openAiIdentityByApi],
      ],
    },
    {
      name: 'Configurer Azure OpenAI / Activer le service approuvé',
      sentences: [
        ['contourner Recherche Azure AI en tant', resources.openAiTrustsSearch],
        ['en vérifiant les revendications', resources.trustByToken],
        ['Recherche Azure AI doit utiliser', resources.searchCallsWithIdentity],
        ['networkAcls.bypass', resources.bypass],
        ['ignorer cette étape uniquement', resources.skipWithSharedLink],
      ],
    },
    {
      name: 'Configurer Azure OpenAI / Désactiver l’accès au réseau public',
      sentences: [
        ['réseau public de votre ressource Azure OpenAI', resources.openAiPublicOff],
        ['se connectent à votre ressource Azure OpenAI', resources.openAiEndpoint],
      ],
    },
    {
      name: 'Configurer Recherche Azure AI',
      sentences: [
        ['niveau tarifaire Essentiel', searchAndStorage.tier],
        ['si vous utilisez le niveau tarifaire S2', searchAndStorage.advancedTier],
      ],
    },
    {
      name: 'Configurer Recherche Azure AI / Activer une identité managée',
      sentences: [['autoriser vos autres ressources', searchAndStorage.searchIdentity]],
    },
    {
      name: 'Configurer Recherche Azure AI / Activer le contrôle d’accès en fonction du rôle',
      sentences: [['sélectionnez Les deux ou Contrôle', searchAndStorage.searchRoles]],
    },
    {
      name: 'Configurer Recherche Azure AI / Désactiver l’accès au réseau public',
      sentences: [
        ['public de votre ressource Recherche Azure AI', searchAndStorage.searchPublicOff],
        ['se connectent à votre ressource Recherche', searchAndStorage.searchEndpoint],
      ],
    },
    {
      name: 'Configurer Recherche Azure AI / Activer le service approuvé',
      sentences: [
        ['activer le service approuvé de votre ressource', searchAndStorage.searchTrusts],
        ['Une fois l’accès au réseau public', searchAndStorage.searchTrustsAfterClosing],
        ['networkRuleSet.bypass', searchAndStorage.searchTrustsByApi],
      ],
    },
    {
      name: 'Configurer Recherche Azure AI / Créer une liaison privée partagée',
      sentences: [
        ['ignorez cette rubrique avancée', searchAndStorage.skipSharedLink],
        ['Cette section s’applique uniquement', searchAndStorage.sharedLinkOnlyS2],
        ['Pour créer une liaison privée', searchAndStorage.sharedLink],
        ['l’étape 8 du diagramme', searchAndStorage.sharedLinkPath],
      ],
    },
    {
      name: 'Configurer un compte de stockage / Activer le service approuvé',
      sentences: [
        ['configurer un compte de stockage afin', searchAndStorage.storageTrusts],
        ['choisissez « Réseaux sélectionnés »', searchAndStorage.storageTrustsInPortal],
      ],
    },
    {
      name: 'Configurer un compte de stockage / Désactiver l’accès au réseau public',
      sentences: [
        ['réseau public de votre compte de stockage', searchAndStorage.storagePublicOff],
        ['se connectent à votre stockage d’objets', searchAndStorage.storageEndpoint],
      ],
    },
    {
      name: 'Affectations de rôles',
      sentences: [
        ['Jusqu’à présent', permissions.intro],
        ['Search Index Data Reader', permissions.openAiReadsIndexes],
        ['mappage automatique des champs', permissions.openAiManagesIndexes],
        ['Storage Blob Data Contributor', permissions.openAiWritesBlobs],
        ['Compétence personnalisée.', permissions.searchCallsOpenAi],
        ['Storage Blob Data Reader', permissions.searchReadsBlobs],
        ['Projet Azure AI Studio', permissions.projectReadsEndpoints],
        ['Cognitive Services OpenAI User', permissions.webAppCallsOpenAi],
        ['Assignee', permissions.assigneesWithWebApp],
        ['L’administrateur doit avoir', permissions.administrator],
        ['Consultez la documentation sur RBAC', permissions.assigningRoles],
        ['permettre aux développeurs', permissions.developers],
        ['Appeler l’API d’ingestion publique', permissions.developersCallOpenAi],
        ['Répertoriez les clés API', permissions.developersListKeys],
        ['clés API pour répertorier les index', permissions.developersUseSearch],
        ['signatures d’accès partagé', permissions.developersUseStorage],
        ['Groupe de ressources ou abonnement', permissions.developersDeployWebApp],
        ['Role Based Access Control Administrator', permissions.developersAssignRoles],
      ],
    },
    {
      name: 'Configurer la passerelle et le client',
      sentences: [
        ['l’une des approches', clients.oneWayIn],
        ['créer une passerelle de réseau virtuel', clients.gateway],
        ['configuration de point à site', clients.pointToSite],
        ['Téléchargez le package', clients.clientPackage],
        ['Configurez le fichier', clients.hostsFile],
        ['drivers\\etc', clients.hostsPlace],
        ['10.0.0.5 contoso.openai.azure.com', clients.hostsExample],
      ],
    },
    {
      name: 'Azure OpenAI Studio',
      sentences: [['toutes les fonctionnalités', clients.studioWorks]],
    },
    {
      name: 'Application web',
      sentences: [
        ['L’application web communique', clients.webAppPath],
        ['L’application web doit résoudre', clients.webAppResolves],
        ['Créez une zone DNS privée', clients.zone],
        ['Ajoutez un enregistrement DNS', clients.record],
        ['Liez la zone DNS privée', clients.zoneLink],
        ['le même emplacement', clients.webAppRegion],
        ['trafic sortant de l’application web', clients.webAppIntegration],
      ],
    },
    {
      name: 'Utilisation de l’API',
      sentences: [['Vérifiez que vos informations', permissions.signedInRole]],
    },
    {
      name: 'Utilisation de l’API / API d’ingestion',
      sentences: [['référence sur l’API d’ingestion', clients.ingestionReference]],
    },
    {
      name: 'Utilisation de l’API / API d’inférence',
      sentences: [['référence sur l’API d’inférence', clients.inferenceReference]],
    },
    {
      name: 'Utiliser Microsoft Defender pour le cloud',
      sentences: [
        ['intégrer Microsoft Defender pour le Cloud', clients.defender],
        ['fournissant aux équipes des alertes', clients.defenderGives],
        ['Utilisez ce formulaire', clients.defenderForm],
      ],
    },
  ],
};
